import { useText } from "#text";
import { ProblemBanner } from "./problem-banner";
import type { Failure } from "./use-submission";

interface FailureBannerProps {
  title: string;
  failure: Failure | null;
  /** The fields that show their own issues; what concerns no field of these is said here. */
  fields?: readonly string[];
}

/** A failure that belongs to the form as a whole; nothing when fields say it all. */
export function FailureBanner({ title, failure, fields = [] }: FailureBannerProps) {
  const text = useText();
  if (failure === null) return null;
  const unplaced = failure.issues.filter((issue) => !fields.includes(issue.path));
  if (failure.issues.length > 0 && unplaced.length === 0) return null;
  const message = [failure.message, ...unplaced.map((issue) => issue.message)].map(text.known).join(" ");
  return <ProblemBanner title={title} message={message} correlationId={failure.correlationId} />;
}
