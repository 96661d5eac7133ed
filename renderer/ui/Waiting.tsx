/** Something that will come by itself: says when, and where to look for the reason. */
import { Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from './Empty.tsx';

interface WaitingProps {
  readonly title: string;
  /** When, not just that there is nothing yet. */
  readonly when: ReactNode;
  readonly children?: ReactNode;
}

export function Waiting({ title, when, children }: WaitingProps) {
  return (
    <Empty icon={<Waves size={30} strokeWidth={1.75} color="var(--tide)" />} title={title} text={when}>
      {children}
    </Empty>
  );
}
