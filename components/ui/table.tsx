import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

interface TableProps {
  label: string;
  /** How far rows are apart; cards are the same in either. */
  density?: "comfortable" | "compact";
  children: ReactNode;
  className?: string;
}

/**
 * Table parts. In a container narrower than `@4xl` each row becomes a card. Changing `display` would drop the implicit
 * table semantics in some browsers, so every part states its role.
 */
export function Table({ label, density = "comfortable", children, className }: TableProps) {
  return (
    <table
      // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
      role="table"
      aria-label={label}
      data-density={density}
      className={clsx("group/table w-full border-collapse text-left text-sm @max-4xl:block", className)}
    >
      {children}
    </table>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead
      // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
      role="rowgroup"
      className="@max-4xl:sr-only"
    >
      {children}
    </thead>
  );
}

export function TableBody({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <tbody
      // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
      role="rowgroup"
      className={clsx("@max-4xl:block", className)}
    >
      {children}
    </tbody>
  );
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
      role="row"
      className={className}
    />
  );
}

interface TableHeaderProps extends ComponentProps<"th"> {
  sorted?: "ascending" | "descending" | "none" | undefined;
}

export function TableHeader({ sorted, className, ...rest }: TableHeaderProps) {
  return (
    <th
      {...rest}
      scope="col"
      // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
      role="columnheader"
      {...(sorted !== undefined && { "aria-sort": sorted })}
      className={clsx("h-9 border-b px-3 first:pl-4 text-xs font-medium whitespace-nowrap text-muted", className)}
    />
  );
}

interface TableCellProps extends ComponentProps<"td"> {
  /** The column's name, shown above the value when rows are cards. */
  label?: string | undefined;
}

export function TableCell({ label, className, children, ...rest }: TableCellProps) {
  return (
    <td
      {...rest}
      // biome-ignore lint/a11y/noRedundantRoles: kept when `display` changes
      role="cell"
      className={clsx(
        "min-w-0 px-3 py-2.5 @4xl:first:pl-4 align-middle @max-4xl:block @max-4xl:p-0 @4xl:group-data-[density=compact]/table:py-1",
        className,
      )}
    >
      {label !== undefined && (
        // The header cell already says it to assistive technology.
        <span aria-hidden="true" className="mb-0.5 block text-xs text-muted @4xl:hidden">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}

/** A wide table that scrolls sideways; focusable, so that the keyboard can scroll it. */
export function TableScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto">
      {children}
    </section>
  );
}
