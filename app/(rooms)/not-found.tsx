export { NothingHere as default } from '../_ui/base/nothing-here.tsx';
