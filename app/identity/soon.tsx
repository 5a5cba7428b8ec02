import { setTimeout as delay } from "node:timers/promises";
import { type ReactNode, Suspense } from "react";

/** Hardly noticed; and React keeps a skeleton that it has shown for 300 ms, however soon the content is there. */
const patienceMilliseconds = 150;

interface SoonProps {
  content: Promise<ReactNode>;
  skeleton: ReactNode;
  /** Tells contents apart: another one has its own skeleton, and does not leave the old one in its place. */
  id: string;
}

/** Content that is there soon comes with the page; what takes longer has a skeleton in its place meanwhile. */
export async function Soon({ content, skeleton, id }: SoonProps) {
  await Promise.race([content, delay(patienceMilliseconds, undefined, { ref: false })]);
  return (
    <Suspense key={id} fallback={skeleton}>
      <Content promise={content} />
    </Suspense>
  );
}

function Content({ promise }: { promise: Promise<ReactNode> }) {
  return promise;
}
