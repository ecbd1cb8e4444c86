/** Where the city came from: each file with its source, year, licence, and whether it is real, synthesised or simulated. */
import { formatMonth } from '../language/format.ts'
import { say } from '../language/language.ts'
import { useStore } from '../state/store.ts'
import { Dialog } from './Dialog.tsx'
import { useShell } from './shellContext.ts'

export function Sources({ onClose }: { onClose: () => void }) {
  const { live, language } = useShell()
  const info = useStore(live.store, (state) => state.info)
  return (
    <Dialog title={say('sources.title', { city: info?.name ?? '' })} onClose={onClose}>
      <p>{say('sources.simulated')}</p>
      {!info && <p className="quiet">{say('sources.waiting')}</p>}
      {info && (
        <div className="scroll-x">
          <table className="sources">
            <thead className="unseen">
              <tr>
                <th>{say('sources.what')}</th>
                <th>{say('sources.kind')}</th>
                <th>{say('sources.from')}</th>
              </tr>
            </thead>
            <tbody>
              {info.files.map((file) => (
                <tr key={file.file}>
                  <th scope="row">{file.what[language]}</th>
                  <td>{say(`sources.kind.${file.kind}`)}</td>
                  <td>
                    {file.source}
                    {file.date && `, ${formatMonth(file.date)}`}. <small>{file.licence}.</small>
                    {file.how && <small> {file.how[language]}.</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p>
        <small>{info?.attribution}</small>
      </p>
      <p>
        <a href="./docs">{say('sources.docs')}</a>
      </p>
    </Dialog>
  )
}
