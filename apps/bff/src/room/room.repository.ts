import { Lifecycle, scoped } from 'tsyringe'
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

  findById(id: string): Promise<RoomModel | null> {
    return RoomModel.findByPk(id)
  }
}
