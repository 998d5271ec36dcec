import { DataTypes, type QueryInterface } from 'sequelize'
import { createTable, instantColumn, nullable, text } from './columns'

export async function up(schema: QueryInterface): Promise<void> {
  // One row an app: the access token all processes share, and the lease of the one that is fetching the next.
  await createTable(schema, 'wechat_tokens', {
    app_id: text(64, { primaryKey: true }),
    access_token: nullable({ type: DataTypes.STRING(1024) }),
    expires_at: nullable(instantColumn),
    leased_by: nullable(text(36)),
    leased_until: nullable(instantColumn),
  })
}

export async function down(schema: QueryInterface): Promise<void> {
  await schema.dropTable('wechat_tokens')
}
