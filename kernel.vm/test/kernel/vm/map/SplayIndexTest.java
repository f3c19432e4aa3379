// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

class SplayIndexTest extends EntryIndexTest {
    @Override
    MapIndexKind kind() {
        return MapIndexKind.splay();
    }
}
