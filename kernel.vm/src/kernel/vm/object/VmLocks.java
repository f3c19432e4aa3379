// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;
public final class VmLocks { public VmLock objectLock() { return new VmLock(); } public VmMapLock mapLock() { return new VmMapLock(); } }
