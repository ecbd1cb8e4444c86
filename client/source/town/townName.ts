/** What a town may be called, in an address and in the browser's store: as `townIdOf` makes it of a file's name. */
export const TOWN_ID = /^[a-z][a-z0-9-]{0,39}$/
