'use client';

export { PageFailed as default } from '../_ui/base/page-failed.tsx';
