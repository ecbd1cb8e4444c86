/** The address of the planner's face with a town of the reader's own, or with the server's city: a page of its own, as it looks now. */
import { queryFromView, type View } from '../../../state/view.ts'

/** `town` undefined is the server's city. What is looked at lies elsewhere in another town, and is left out. */
export function addressOfTown(view: View, town: string | undefined): string {
  const query = queryFromView({ ...view, camera: undefined, selection: undefined, momentMs: undefined, town })
  return `${location.pathname}${query}`
}
