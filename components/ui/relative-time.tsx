"use client";

import { useSyncExternalStore } from "react";
import { useText } from "#text";
import { localTime, relativeTime, utcTime } from "./dates";

interface RelativeTimeProps {
  /** RFC 3339. */
  at: string;
  /** The server's time of rendering, so that server and browser say the same. */
  now: string;
  className?: string;
}

/** "3 days ago", with the exact time in UTC and in the reader's zone on hover. */
export function RelativeTime({ at, now, className }: RelativeTimeProps) {
  const text = useText();
  const time = Date.parse(at);
  // The reader's zone is known in the browser only; the server snapshot leaves it out, so hydration matches.
  const local = useSyncExternalStore(
    () => () => {},
    () => localTime(time, text),
    () => null,
  );
  return (
    <time dateTime={at} title={local === null ? utcTime(time) : `${utcTime(time)}\n${local}`} className={className}>
      {relativeTime(time, Date.parse(now), text)}
    </time>
  );
}
