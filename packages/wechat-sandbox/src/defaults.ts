/** What a sandbox knows from the start; the demo organisation is seeded with the same values. */
export const sandboxAppId = 'wx0123456789abcdef'
export const sandboxAppSecret = '0123456789abcdef0123456789abcdef'
/** `priTmplId` of the template 会议预约通知: thing4, thing1, character_string2, time6, thing3. */
export const bookingCreatedTemplateId = 'HuiYueSandboxBookingCreatedTemplate00000001'
