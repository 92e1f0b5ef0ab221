import { DomainError } from '#lib/core/domain-error.ts';
import { createUpload } from '#lib/uploads/create-upload.ts';
import { createUploadOperation } from '../_contract/uploads.ts';
import { handle } from '../_server/handle.ts';

export const POST = handle(createUploadOperation, async (context, asked, request) => {
  if (!request.body) throw new DomainError('invalid', 'This file is empty.');
  return createUpload(context, { ...asked, content: request.body });
});
