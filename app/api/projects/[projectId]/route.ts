import { deleteProject } from '#lib/projects/delete-project.ts';
import { deleteProjectOperation } from '../../_contract/projects.ts';
import { handle } from '../../_server/handle.ts';

export const DELETE = handle(deleteProjectOperation, (context, input) => deleteProject(context, input));
