import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import type { Outcome } from "@/components/ui/use-submission";
import type { PolicyPreview as Preview } from "@/lib/policy/schema";

interface PolicyPreviewProps {
  /** Null while it is being found out. */
  answer: Outcome<{ preview: Preview }> | null;
  /** The draft's; null: tokens are not revoked for being idle. */
  idleRevocationDays: number | null;
}

/** What a changed policy would hit, told before it is saved. */
export function PolicyPreview({ answer, idleRevocationDays }: PolicyPreviewProps) {
  const text = useText();
  return (
    <div role="status" className="min-h-11">
      {answer === null ? (
        <p className="px-3 py-2.5 text-muted">{text("Finding out which tokens this would concern…")}</p>
      ) : !answer.ok ? (
        <p className="px-3 py-2.5 text-muted">{text("Which tokens this would concern could not be found out.")}</p>
      ) : (
        <Found {...answer.preview} idleRevocationDays={idleRevocationDays} />
      )}
    </div>
  );
}

function Found({ violating, idle, idleRevocationDays }: Preview & { idleRevocationDays: number | null }) {
  const text = useText();
  if (violating === 0) return <Banner>{text("No working token would violate this policy.")}</Banner>;
  const title = text("{violating, plural, one {# working token} other {# working tokens}} would violate this policy", {
    violating,
  });
  if (idle === 0 || idleRevocationDays === null)
    return (
      <Banner title={title}>
        {text(
          "Nothing stops working by itself: the policy rules what is issued from now on. You can revoke or shorten {violating, plural, one {it} other {them}} once it is saved.",
          { violating },
        )}
      </Banner>
    );
  return (
    <Banner tone="warning" title={title}>
      {idle === violating
        ? text(
            "{idle, plural, one {It has not been used for more than {days, plural, one {# day} other {# days}}: a job that runs every hour revokes it, without asking again, and that cannot be undone.} other {They have not been used for more than {days, plural, one {# day} other {# days}}: a job that runs every hour revokes them, without asking again, and that cannot be undone.}}",
            { idle, days: idleRevocationDays },
          )
        : text(
            "{idle, plural, one {# of them has not been used for more than {days, plural, one {# day} other {# days}}: a job that runs every hour revokes it, without asking again, and that cannot be undone.} other {# of them have not been used for more than {days, plural, one {# day} other {# days}}: a job that runs every hour revokes them, without asking again, and that cannot be undone.}} {others, plural, one {The other goes on working.} other {The others go on working.}}",
            { idle, days: idleRevocationDays, others: violating - idle },
          )}
    </Banner>
  );
}
