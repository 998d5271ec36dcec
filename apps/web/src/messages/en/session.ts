import type { Like } from '../shape'
import type { session as reference } from '../zh-cn/session'

export const session = {
  login: {
    title: 'Log in',
    subtitle: 'Rooms and messages of {organization}',
    username: 'Username',
    password: 'Password',
    submit: 'Log in',
    submitting: 'Logging in…',
    usernameRequired: 'Please fill in your username',
    passwordRequired: 'Please fill in your password',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    sessionEnded: 'Your session has expired. Log in again and you return to where you were.',
    demoTitle: 'This is a demo: choose who to be',
    demoHint: 'The password is {password}.',
    demoOwnPassword: 'The password was chosen by whoever started the demo.',
    demoSandbox: 'Open the WeChat sandbox (pretended phones)',
    promise1: 'Drag across the day to book a room',
    promise2: 'Colleagues hear of it on WeChat at once',
    promise3: 'See where every single message went',
  },
} satisfies Like<typeof reference>
