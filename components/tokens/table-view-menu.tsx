"use client";

import { SlidersHorizontal } from "lucide-react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Menu, MenuCheckbox, MenuGroup, MenuRadio, MenuSeparator } from "@/components/ui/menu";
import { hideableColumns, type TableView } from "./table-view";

interface TableViewMenuProps {
  view: TableView;
  onViewChange: (view: TableView) => void;
  /** A column that this table never shows. */
  without?: TableView["hidden"][number] | undefined;
}

/** Which columns are shown, and how densely. */
export function TableViewMenu({ view, onViewChange, without }: TableViewMenuProps) {
  const text = useText();
  const columns = hideableColumns.filter(({ id }) => id !== without);
  return (
    <Menu
      trigger={
        <Button aria-label={text("View options")}>
          <SlidersHorizontal aria-hidden="true" />
          {text("View")}
        </Button>
      }
    >
      <MenuGroup label={<span className="text-xs text-muted">{text("Columns")}</span>}>
        {columns.map(({ id, label }) => (
          <MenuCheckbox
            key={id}
            checked={!view.hidden.includes(id)}
            onCheckedChange={(shown) =>
              onViewChange({
                ...view,
                hidden: shown ? view.hidden.filter((hidden) => hidden !== id) : [...view.hidden, id],
              })
            }
          >
            {text.known(label)}
          </MenuCheckbox>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuRadio
        label={text("Density")}
        value={view.density}
        onValueChange={(density) => onViewChange({ ...view, density })}
        options={[
          { value: "comfortable", label: text("Comfortable") },
          { value: "compact", label: text("Compact") },
        ]}
      />
    </Menu>
  );
}
