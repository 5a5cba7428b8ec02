"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { clsx } from "clsx";
import { Check, ChevronsUpDown } from "lucide-react";
import { popupStyle } from "./popup-style";
import { selectStyle } from "./select-style";
import { useOpenedByPress } from "./use-opened-by-press";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** The heading it stands under; options of one group follow each other. */
  group?: string;
  /** Why it cannot be chosen; shown under its label. */
  disabledReason?: string | undefined;
}

export interface SelectProps<Value extends string> {
  options: readonly SelectOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** The accessible name where no Field labels it. */
  "aria-label"?: string;
  /** Muted words before the value, such as "Status". */
  prefix?: string;
  className?: string;
  /** Opens by itself: it took the place of a button that was pressed. */
  pressed?: boolean;
}

export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  prefix,
  className,
  pressed = false,
  "aria-label": ariaLabel,
}: SelectProps<Value>) {
  const { button, open, setOpen } = useOpenedByPress(pressed);
  return (
    <BaseSelect.Root
      open={open}
      onOpenChange={setOpen}
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <BaseSelect.Trigger
        ref={button}
        {...(ariaLabel !== undefined && { "aria-label": ariaLabel })}
        className={selectStyle(className)}
      >
        {prefix !== undefined && <span className="text-muted">{prefix}</span>}
        <BaseSelect.Value className="min-w-0 flex-1 truncate" />
        <BaseSelect.Icon className="text-muted">
          <ChevronsUpDown aria-hidden="true" className="size-3.5" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          collisionPadding={8}
          className="z-50 outline-hidden select-none"
        >
          <BaseSelect.Popup className={clsx(popupStyle, "min-w-(--anchor-width) p-1")}>
            <BaseSelect.List className="max-h-(--available-height) overflow-y-auto">
              {groupsOf(options).map(({ heading, members }) => (
                <BaseSelect.Group key={heading}>
                  {heading !== "" && (
                    <BaseSelect.GroupLabel className="px-2 pt-2 pb-1 text-xs font-medium text-muted">
                      {heading}
                    </BaseSelect.GroupLabel>
                  )}
                  {members.map((option) => (
                    <BaseSelect.Item
                      key={option.value}
                      value={option.value}
                      disabled={option.disabledReason !== undefined}
                      className="group/option grid min-h-8 grid-cols-[1fr_1rem] items-center gap-3 rounded-md px-2 text-sm outline-hidden data-highlighted:bg-hover max-sm:min-h-10"
                    >
                      <span className="min-w-0 group-data-disabled/option:py-1">
                        <BaseSelect.ItemText className="group-data-disabled/option:text-muted">
                          {option.label}
                        </BaseSelect.ItemText>
                        {option.disabledReason !== undefined && (
                          <span className="block text-xs text-muted">{option.disabledReason}</span>
                        )}
                      </span>
                      <BaseSelect.ItemIndicator>
                        <Check aria-hidden="true" className="size-4 text-accent-text" />
                      </BaseSelect.ItemIndicator>
                    </BaseSelect.Item>
                  ))}
                </BaseSelect.Group>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function groupsOf<Value extends string>(options: readonly SelectOption<Value>[]) {
  const groups = new Map<string, SelectOption<Value>[]>();
  for (const option of options) groups.set(option.group ?? "", [...(groups.get(option.group ?? "") ?? []), option]);
  return [...groups].map(([heading, members]) => ({ heading, members }));
}
