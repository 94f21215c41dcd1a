/** Levels of {@link setLogLevel}: nothing, errors, warnings, information, everything. */
export type LogLevel = 0 | 1 | 2 | 3 | 4;

let level: LogLevel = 1;

/** Sets how much the library writes to the console: 0 nothing, 1 errors (the default), 2 warnings, 3 information, 4 all. */
export function setLogLevel(newLevel: number): void {
  level = Math.min(4, Math.max(0, Math.trunc(newLevel))) as LogLevel;
}

export function logError(message: string, ...details: unknown[]): void {
  if (level >= 1) console.error(`[OT] ${message}`, ...details);
}

export function logWarning(message: string, ...details: unknown[]): void {
  if (level >= 2) console.warn(`[OT] ${message}`, ...details);
}

/** Writes at the level of `setLogLevel(3)`: the public `OT.log`. */
export function log(message: string, ...details: unknown[]): void {
  if (level >= 3) console.info(`[OT] ${message}`, ...details);
}

/** Hands an error thrown by the application's own handler to the page's error reporting, so that it is not lost. */
export function reportFault(fault: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(fault);
  else console.error(fault);
}
