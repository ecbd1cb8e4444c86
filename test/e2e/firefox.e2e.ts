/** The public face in a stock Firefox. Headless it may have no WebGL; then the page must say so and go on without the map. */
import { expectThat, type FirefoxCase } from './case.ts'
import { Firefox } from './firefox.ts'
import { PATIENCE_MS, PHONE } from './pages.ts'

export const firefoxCases: readonly FirefoxCase[] = [
  {
    name: 'Firefox shows the public face: words, actions and the report form',
    async run(address, path) {
      const firefox = await Firefox.launch(path)
      try {
        const page = await firefox.open(`${address}/?lang=en&movers=0`, ...PHONE)
        const button = (name: string) =>
          `[...document.querySelectorAll('button')].find((one) => one.textContent.includes('${name}'))`
        await firefox.until(
          page,
          `document.body.innerText.includes('Montevideo') && ${button('Report a problem')}`,
          PATIENCE_MS,
        )
        await firefox.evaluate(page, `void ${button('Report a problem')}.click()`)
        await firefox.until(page, `document.querySelectorAll('input[type=radio]').length > 5`, PATIENCE_MS)
        const errors = firefox.errors.filter((text) => !/webgl/i.test(text))
        expectThat(errors.length === 0, `no errors in the console: ${errors.join('; ')}`)
      } finally {
        await firefox.close()
      }
    },
  },
]
