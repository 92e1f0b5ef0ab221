import { Activity, Search, Settings } from 'lucide-react';
import { IconLink } from '../base/icon-link.tsx';

/** The rooms that one goes to from anywhere. */
export function HouseLinks() {
  return (
    <>
      <IconLink href="/search" label="Search" Icon={Search} />
      <IconLink href="/activity" label="Activity" Icon={Activity} />
      <IconLink href="/settings" label="Settings" Icon={Settings} />
    </>
  );
}
