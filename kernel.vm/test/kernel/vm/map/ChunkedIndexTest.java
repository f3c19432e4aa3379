// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

class ChunkedIndexTest extends EntryIndexTest {
    @Override
    MapIndexKind kind() {
        return MapIndexKind.chunks();
    }
}
