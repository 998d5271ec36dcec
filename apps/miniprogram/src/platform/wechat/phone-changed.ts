let listener: () => void = () => {}

/** In the sandbox somebody can pick up another phone, which is another WeChat; a real phone never changes under an app. */
export function whenPhoneChanges(react: () => void) {
  listener = react
}

/** Tells the app that this is another phone now. */
export function phoneChanged() {
  listener()
}
