import { setTimeout as delay } from "node:timers/promises";
import { type ReactNode, Suspense } from "react";

/** Hardly noticed; while React shows a skeleton for 300 ms at least, however soon the content follows. */
const patienceMilliseconds = 150;
const endOfContent = "soon-end";

interface SoonProps {
  /** Loading already: what a component's function returned, which an element of it would call only later. */
  content: Promise<ReactNode>;
  skeleton: ReactNode;
  /** Tells contents apart: another one has its own skeleton, and does not leave the old one in its place. */
  id: string;
}

/** Content that is there soon comes with the page; what takes longer has a skeleton in its place meanwhile. */
export async function Soon({ content, skeleton, id }: SoonProps) {
  const isThere = await Promise.race([content.then(() => true), delay(patienceMilliseconds, false, { ref: false })]);
  return (
    <>
      {/* React writes a large content after the skeleton, also when it is there: the browser is to draw both at once. */}
      {isThere && <link rel="expect" href={`#${endOfContent}`} blocking="render" />}
      <Suspense key={id} fallback={skeleton}>
        <Content promise={content} />
      </Suspense>
    </>
  );
}

async function Content({ promise }: { promise: Promise<ReactNode> }) {
  return (
    <>
      {await promise}
      <span id={endOfContent} hidden />
    </>
  );
}
