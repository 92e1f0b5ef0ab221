import { afterEach, expect, test, vi } from 'vitest';
import { startRecording } from './start-recording.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A device whose microphone says whether it is open, in a browser that has no room for one of the two it takes. */
function device(failing: 'MediaRecorder' | 'AudioContext') {
  const microphone = {
    isOpen: false,
    stop() {
      this.isOpen = false;
    },
  };
  const getUserMedia = async () => {
    microphone.isOpen = true;
    return { getTracks: () => [microphone] };
  };
  class Working {
    static isTypeSupported = () => true;
    state = 'inactive';
  }
  class Failing extends Working {
    constructor() {
      super();
      throw new DOMException(`No ${failing}.`, 'NotSupportedError');
    }
  }
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  for (const name of ['MediaRecorder', 'AudioContext']) vi.stubGlobal(name, name === failing ? Failing : Working);
  return microphone;
}

test.each(['MediaRecorder', 'AudioContext'] as const)('closes the microphone where the browser gives no %s', async (failing) => {
  const microphone = device(failing);
  await expect(startRecording()).rejects.toThrow(`No ${failing}.`);
  expect(microphone.isOpen).toBe(false);
});
