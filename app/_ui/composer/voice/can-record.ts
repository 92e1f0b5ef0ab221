/** Whether this device has what a recording needs: not so on an address without a certificate. */
export function canRecord(): boolean {
  return typeof MediaRecorder === 'function' && navigator.mediaDevices?.getUserMedia !== undefined;
}
