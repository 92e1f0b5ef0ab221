/** A recording under way. */
export type Recording = {
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Ends it. */
  finish(): Promise<File>;
  /** Ends it and lets go of it. */
  abort(): void;
};

const formats = [
  { mimeType: 'audio/webm;codecs=opus', ending: 'webm' },
  { mimeType: 'audio/mp4', ending: 'm4a' },
  { mimeType: 'audio/ogg;codecs=opus', ending: 'ogg' },
];

/** Opens the microphone and records. Rejects with the browser's error when the person or the device says no. */
export async function startRecording(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  try {
    return record(stream);
  } catch (error) {
    letGo(stream);
    throw error;
  }
}

function record(stream: MediaStream): Recording {
  const format = formats.find(({ mimeType }) => MediaRecorder.isTypeSupported(mimeType));
  const recorder = new MediaRecorder(stream, { mimeType: format?.mimeType, audioBitsPerSecond: 32_000 });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  const sound = new AudioContext();
  const analyser = sound.createAnalyser();
  analyser.fftSize = 512;
  sound.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  recorder.start();

  function close(): void {
    if (recorder.state !== 'inactive') recorder.stop();
    letGo(stream);
    void sound.close();
  }

  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    async finish() {
      close();
      await stopped;
      const type = recorder.mimeType.split(';')[0] ?? 'audio/webm';
      return new File(chunks, `voice-${nameOfNow()}.${format?.ending ?? 'webm'}`, { type });
    },
    abort: close,
  };
}

/** Closes the microphone. */
function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function nameOfNow(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
