/** What a recording needs, loaded with the first press. */
export { startBrowserSpeech } from './browser-speech.ts';
export { startRecording } from './start-recording.ts';
export { canTranscribe, transcribe } from './transcribe.ts';
