import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { BuildingModel } from './building.model'
import { RoomModel } from './room.model'

@scoped(Lifecycle.ContainerScoped)
export class RoomRepository {
  findAll(): Promise<RoomModel[]> {
    return RoomModel.findAll({
      order: [
        ['sort', 'ASC'],
        ['name', 'ASC'],
      ],
    })
  }

  findBuildings(tx?: Tx): Promise<BuildingModel[]> {
    return BuildingModel.findAll({
      order: [
        ['sort', 'ASC'],
        ['name', 'ASC'],
      ],
      ...(tx ? { transaction: tx } : {}),
    })
  }

  findById(id: string): Promise<RoomModel | null> {
    return RoomModel.findByPk(id)
  }
}
