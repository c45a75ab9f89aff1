import { eventsOf, expect, expectEvent, test } from './fixture-test.ts'

test('the tray shows its menu, and its items act', async ({ app }) => {
  await app.window()
  expect(await app.tray()).toMatchObject({ toolTip: 'Fixture' })
  expect((await app.trayItems()).map((item) => item.path)).toEqual([
    'Notify',
    'Servers',
    'Servers > alpha',
    'Servers > beta',
    '',
    'One',
    'Two',
    'Remove',
    'Show',
    'Quit',
  ])
  await app.clickTray('Servers > alpha')
  await expectEvent(app, 'alpha true')
  await app.clickTray('Servers > alpha')
  await expectEvent(app, 'alpha false')
  await app.clickTray('Two')
  const radios = (await app.trayItems()).filter(({ type }) => type === 'radio')
  expect(radios.map(({ checked }) => checked)).toEqual([false, true])
  await app.clickTray()
  await expectEvent(app, 'tray clicked')
  await expect(app.clickTray('Servers > beta')).rejects.toThrow('cannot be clicked')
  await expect(app.clickTray('Servers > gamma')).rejects.toThrow('No item Servers > gamma')
})

test('a notification is seen, clicked, and its action chosen', async ({ app }) => {
  await app.window()
  expect(await app.notifications()).toEqual([])
  await app.clickTray('Notify')
  expect(await app.notifications()).toEqual([
    { title: 'Server', body: 'alpha failed', actions: ['Open'] },
  ])
  await app.clickNotification(0)
  await expectEvent(app, 'clicked alpha failed')
  await app.clickNotificationAction(-1, 0)
  await expectEvent(app, 'action 0 of alpha failed')
})

test('a dialog waits for its answer', async ({ app }) => {
  await app.window()
  const answered = app.answerDialog({ response: 1, checkboxChecked: true })
  await app.clickTray('Remove')
  await answered
  await expectEvent(app, 'answer 1 true')
  expect(await app.dialogs()).toEqual([
    {
      kind: 'message',
      options: {
        message: 'Remove it?',
        buttons: ['Cancel', 'Remove'],
        cancelId: 0,
        checkboxLabel: 'Do not ask again',
      },
    },
  ])
  await app.clickTray('Remove')
  expect((await eventsOf(app)).filter((event) => event.startsWith('answer'))).toHaveLength(1)
  await app.answerDialog({ response: 0, checkboxChecked: false })
  await expectEvent(app, 'answer 0 false')
})

test('the menu of the application opens what it says', async ({ app }) => {
  await app.window()
  expect((await app.menuItems()).map(({ path }) => path)).toEqual(
    expect.arrayContaining(['Edit', 'Edit > Copy', 'View > Zoom In', 'Help > Site']),
  )
  await app.clickMenu('Help > Site')
  expect(await app.opened()).toEqual(['https://example.com/'])
})

test('sleeping and waking are heard', async ({ app }) => {
  await app.power('suspend')
  await app.power('resume')
  const heard = (await eventsOf(app)).filter((event) => /^(suspend|resume)$/.test(event))
  expect(heard).toEqual(['suspend', 'resume'])
})
