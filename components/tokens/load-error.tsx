import { LoadError as LoadFailed } from "@/components/ui/load-error";

interface LoadErrorProps {
  /** Finds this failure in the server's log. */
  correlationId: string | null;
  /** Usually the error boundary's `reset`, or a router refresh. */
  onRetry: () => void | Promise<void>;
}

export function LoadError(props: LoadErrorProps) {
  return (
    <LoadFailed
      {...props}
      title="The API tokens could not be loaded"
      text="The server failed to answer. The tokens themselves are not affected. Try again in a moment."
    />
  );
}
