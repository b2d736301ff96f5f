/** Something a process cannot do its work without. */
export interface ReadinessIndicator {
  /** Its name in the probe's answer. */
  readonly name: string;
  /** Resolves when it can be used. Must end within a few seconds, whatever the state of what it asks. */
  check(): Promise<void>;
}

/** Injection token of all indicators `/health/ready` asks. Name them in `ProbesModule.forRoot`. */
export const READINESS_INDICATORS = Symbol('READINESS_INDICATORS');
