/** One line in the surface it concerns, with what can be done about it. */
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import style from './states.module.css';

interface BannerProps {
  readonly tone: 'tide' | 'press' | 'accent' | 'err';
  readonly icon: ReactNode;
  readonly text: ReactNode;
  /** Said at once instead of when there is time. */
  readonly urgent?: boolean;
  readonly name?: string;
  /** Buttons, the best one first. */
  readonly children?: ReactNode;
}

export function Banner({ tone, icon, text, urgent = false, name, children }: BannerProps) {
  return (
    <div className={classes(style.banner, style[tone])} role={urgent ? 'alert' : 'status'} data-banner={name}>
      {icon}
      <span className={style.bannerText}>{text}</span>
      {children}
    </div>
  );
}
