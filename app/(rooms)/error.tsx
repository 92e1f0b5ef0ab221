'use client';

export { PageFailed as default } from '../_ui/room/page-failed.tsx';
