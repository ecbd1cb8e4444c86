/** What both ends call things. Apart from `messages.ts`, so that a page does not carry what checks messages. */

/** Raised when a message changes meaning; a page of another version is told to reload. */
export const PROTOCOL_VERSION = 4

/** The stream of the present. A scenario's two streams are `<id>` (edited) and `<id>.base` (untouched). */
export const LIVE = 'live'
