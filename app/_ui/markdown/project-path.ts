const scheme = /^[a-z][a-z\d+.-]*:/i;
const outside = /^(?:https?:\/\/|mailto:)/i;

/** Whether an address says itself how it is reached, and so leads out of Choir. */
export function isOutside(address: string): boolean {
  return outside.test(address);
}

/** The path in a project that an address leads to from the file at `from`; null for one that is absolute, leads nowhere else, or out of the project. */
export function projectPath(address: string, from: string): string | null {
  const written = address.replace(/[?#].*$/s, '');
  if (written === '' || written.startsWith('/') || scheme.test(written)) return null;
  const names = from.split('/').slice(0, -1);
  for (const name of decode(written).split('/')) {
    if (/[\0\\]/.test(name) || (name === '..' && names.length === 0)) return null;
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
