import { NothingHere } from '../../../_ui/room/nothing-here.tsx';

export default function NotFound() {
  return <NothingHere about="It may have been deleted since, or be of another checkpoint." />;
}
