import { BookOpen } from 'lucide-react';
import type { Skill } from '#lib/skills/skill.ts';
import { HostileText, PathText } from '../base/hostile-text.tsx';

export function SkillList({ skills }: { skills: Skill[] }) {
  if (skills.length === 0)
    return (
      <p className="text-ink-soft text-sm">
        None yet. Put them into the project at <PathText path=".agents/skills" />, or, for every project, into <PathText path="skills" /> in
        Choir’s own folder.
      </p>
    );
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {skills.map(({ name, description, path, from }) => (
        <li key={`${from} ${path}`} className="flex items-start gap-3 px-4 py-2.5">
          <BookOpen className="mt-0.5 size-4.5 shrink-0 text-ink-soft" aria-hidden />
          <div className="contained min-w-0 flex-1">
            <p className="font-medium text-sm">{name}</p>
            <p className="text-sm">
              <HostileText text={description} />
            </p>
            <p className="text-ink-soft text-xs">{from === 'home' ? 'Yours, in every project' : <PathText path={path} />}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
