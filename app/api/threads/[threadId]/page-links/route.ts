import { createPageLink } from '#lib/pages/create-page-link.ts';
import { createPageLinkOperation } from '../../../_contract/pages.ts';
import { handle } from '../../../_server/handle.ts';

export const POST = handle(createPageLinkOperation, (context, input) => createPageLink(context, input));
