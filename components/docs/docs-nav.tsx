import Link from "next/link";

interface DocsNavProps {
  sections: readonly { label: string; items: readonly { label: string; href: string }[] }[];
}

/** The whole documentation: the guide's sections, the reference's groups. */
export function DocsNav({ sections }: DocsNavProps) {
  return (
    <nav aria-label="All pages">
      {sections.map(({ label, items }) => (
        <div key={label} className="not-first:mt-6">
          <p className="mb-1 text-xs font-medium text-muted">{label}</p>
          <ul>
            {items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  className="-mx-2 flex items-center rounded-md px-2 py-1 -outline-offset-2 hover:bg-hover max-sm:min-h-10"
                >
                  {item.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
