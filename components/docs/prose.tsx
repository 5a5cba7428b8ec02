import { clsx } from "clsx";
import type { ReactNode } from "react";

/** The parts that the guide is written with. */

interface SectionProps {
  id: string;
  title: string;
  children: ReactNode;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="mt-12 border-t pt-8 first:mt-0 first:border-t-0 first:pt-0">
      <h2 id={id} className="group text-xl font-semibold tracking-tight">
        {title}
        <HeadingAnchor id={id} title={title} />
      </h2>
      {children}
    </section>
  );
}

export function Subsection({ id, title, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="mt-7">
      <h3 id={id} className="group text-lg font-semibold tracking-tight">
        {title}
        <HeadingAnchor id={id} title={title} />
      </h3>
      {children}
    </section>
  );
}

/** A link to the heading itself, for sharing; shown when it is of use. */
export function HeadingAnchor({ id, title }: { id: string; title: string }) {
  return (
    <a
      href={`#${id}`}
      aria-label={`Link to “${title}”`}
      className="ml-2 rounded-sm px-1 font-normal text-muted opacity-0 group-hover:opacity-100 hover:text-accent-text focus-visible:opacity-100"
    >
      #
    </a>
  );
}

export function P({ children }: { children: ReactNode }) {
  return <p className="mt-3 text-base leading-6 text-foreground/90">{children}</p>;
}

export function List({ children }: { children: ReactNode }) {
  return (
    <ul className="mt-3 grid list-disc gap-1.5 pl-5 text-base leading-6 text-foreground/90 marker:text-placeholder">
      {children}
    </ul>
  );
}

export function Code({ children }: { children: ReactNode }) {
  return (
    <code className="rounded-sm bg-subtle px-1 py-0.5 font-mono text-[0.875em] wrap-anywhere text-foreground">
      {children}
    </code>
  );
}

interface DocTableProps {
  label: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Classes for the cells of a column, such as its width. */
  columns?: readonly string[];
}

/** A table, whose rows are cards on phones. Changing `display` drops table semantics, so every part states its role. */
export function DocTable({ label, head, rows, columns = [] }: DocTableProps) {
  return (
    <div className="mt-4 overflow-hidden rounded-xl border bg-surface">
      <table
        // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
        role="table"
        aria-label={label}
        className="w-full border-collapse text-left max-sm:block"
      >
        <thead
          // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
          role="rowgroup"
          className="max-sm:sr-only"
        >
          <tr
            // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
            role="row"
            className="border-b bg-subtle/60"
          >
            {head.map((name) => (
              <th
                key={name}
                scope="col"
                // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
                role="columnheader"
                className="h-9 px-4 text-xs font-medium whitespace-nowrap text-muted"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
          role="rowgroup"
          className="max-sm:block"
        >
          {rows.map(({ key, cells }) => (
            <tr
              key={key}
              // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
              role="row"
              className="border-b last:border-b-0 max-sm:block max-sm:py-2"
            >
              {cells.map((cell, index) => (
                <td
                  key={head[index]}
                  // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
                  role="cell"
                  className={clsx("px-4 py-2.5 align-top max-sm:block max-sm:py-1", columns[index])}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
