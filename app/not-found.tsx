import { NothingHere } from './_ui/room/nothing-here.tsx';

export default function NotFound() {
  return (
    <main>
      <NothingHere />
    </main>
  );
}
