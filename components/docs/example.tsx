import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";

interface ExampleProps {
  /** What the code is, such as "curl command to list pipelines". */
  label: string;
  code: string;
  /** The statuses its calls are answered with, in order. */
  answers?: readonly number[];
  /** What the answer is good for. */
  children?: ReactNode;
}

/** Shell commands that work as they stand: a test runs every one on the page, in order, and compares the statuses. */
export function Example({ label, code, answers = [], children }: ExampleProps) {
  const last = answers.at(-1);
  return (
    <div className="mt-4" data-example={answers.join(" ")}>
      <CodeBlock code={code} label={label} />
      {last !== undefined && (
        <p className="mt-1.5 text-xs text-muted">
          Answers <span className="font-mono text-foreground">{last}</span>
          {children === undefined ? "." : <>: {children}</>}
        </p>
      )}
    </div>
  );
}

/** Code that belongs elsewhere, such as a workflow file. */
export function Snippet({ label, code }: { label: string; code: string }) {
  return (
    <div className="mt-3">
      <CodeBlock code={code} label={label} />
    </div>
  );
}
