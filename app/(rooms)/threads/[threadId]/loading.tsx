export default function ThreadLoading() {
  return (
    <div role="status" className="flex h-dvh flex-col">
      <span className="sr-only">Opening the thread</span>
      <div className="border-line border-b px-4 py-3">
        <div className="h-4 w-1/2 animate-breathe rounded bg-sunken" />
        <div className="mt-2 h-3 w-1/4 animate-breathe rounded bg-sunken" />
      </div>
      <div className="mx-auto w-full max-w-2xl flex-1 space-y-4 px-4 py-6">
        <div className="ml-auto h-14 w-2/3 animate-breathe rounded-2xl bg-sunken" />
        <div className="h-4 w-5/6 animate-breathe rounded bg-sunken" />
        <div className="h-4 w-3/5 animate-breathe rounded bg-sunken" />
        <div className="h-28 w-full animate-breathe rounded-card bg-sunken" />
      </div>
    </div>
  );
}
