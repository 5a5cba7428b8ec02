import { clsx } from "clsx";
import { useText } from "#text";
import { CopyButton } from "./copy-button";

interface CodeBlockProps {
  code: string;
  /** What the code is, such as "curl command"; the copy button is named after it. */
  label: string;
  /** Wrap long lines anywhere instead of scrolling. */
  wrap?: boolean;
}

export function CodeBlock({ code, label, wrap = false }: CodeBlockProps) {
  const text = useText();
  return (
    <div className="relative rounded-lg border bg-subtle">
      {/* A scrolling region must be reachable by keyboard. */}
      <pre
        {...(!wrap && { tabIndex: 0, role: "region", "aria-label": label })}
        className={clsx(
          "rounded-lg py-2.5 pr-12 pl-3 font-mono text-xs leading-5",
          wrap ? "wrap-anywhere whitespace-pre-wrap" : "overflow-x-auto",
        )}
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-1 right-1 rounded-md bg-subtle">
        <CopyButton text={code} label={text("Copy {label}", { label })} />
      </div>
    </div>
  );
}
