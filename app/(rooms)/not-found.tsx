export { NothingHere as default } from '../_ui/room/nothing-here.tsx';
