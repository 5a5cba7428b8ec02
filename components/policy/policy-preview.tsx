import { counted } from "@/components/tokens/wording";
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
  return (
    <div role="status" className="min-h-11">
      {answer === null ? (
        <p className="px-3 py-2.5 text-muted">Finding out which tokens this would concern…</p>
      ) : !answer.ok ? (
        <p className="px-3 py-2.5 text-muted">Which tokens this would concern could not be found out.</p>
      ) : (
        <Found {...answer.preview} idleRevocationDays={idleRevocationDays} />
      )}
    </div>
  );
}

function Found({ violating, idle, idleRevocationDays }: Preview & { idleRevocationDays: number | null }) {
  if (violating === 0) return <Banner>No working token would violate this policy.</Banner>;
  const title = `${counted(violating, "working token")} would violate this policy`;
  if (idle === 0 || idleRevocationDays === null)
    return (
      <Banner title={title}>
        Nothing stops working by itself: the policy rules what is issued from now on. You can revoke or shorten{" "}
        {violating === 1 ? "it" : "them"} once it is saved.
      </Banner>
    );
  const others = violating - idle;
  return (
    <Banner tone="warning" title={title}>
      {idle === violating
        ? violating === 1
          ? "It has"
          : "They have"
        : `${idle} of them ${idle === 1 ? "has" : "have"}`}{" "}
      not been used for more than {counted(idleRevocationDays, "day")}: a job that runs every hour revokes{" "}
      {idle === 1 ? "it" : "them"}, without asking again, and that cannot be undone.
      {others > 0 && ` The ${others === 1 ? "other goes" : "others go"} on working.`}
    </Banner>
  );
}
