/** Only reached where no service worker took what was shared: it never leaves the device on this way. */
export function POST(): Response {
  return new Response(null, { status: 303, headers: { location: '/?shared=lost' } });
}
