import { useText } from "#text";
import { Banner } from "./banner";
import { CopyButton } from "./copy-button";

interface ProblemBannerProps {
  title: string;
  message: string;
  /** Finds this very failure in the server's log; null when the server did not answer. */
  correlationId: string | null;
}

/** An error that belongs to no single field, with what support needs to find it. */
export function ProblemBanner({ title, message, correlationId }: ProblemBannerProps) {
  const text = useText();
  return (
    <Banner tone="danger" title={title} announce>
      <p>{text.known(message)}</p>
      {correlationId !== null && (
        <p className="mt-1 flex flex-wrap items-center gap-x-1 text-xs text-muted">
          {text("Correlation ID")} <code className="font-mono break-all text-foreground">{correlationId}</code>
          <CopyButton text={correlationId} label={text("Copy correlation ID")} size="sm" className="!h-5 !px-1" />
        </p>
      )}
    </Banner>
  );
}
