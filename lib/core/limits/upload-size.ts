/** The largest file that may come along with words. Larger ones belong in the project. */
export const mostUploadBytes = 100 * 1024 * 1024;
export const tooLargeUpload = 'A file may have up to 100 MB. Put larger ones into the project.';
