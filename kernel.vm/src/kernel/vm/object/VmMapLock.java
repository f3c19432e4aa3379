// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;
public final class VmMapLock { public void enterRead() {} public void enterWrite() {} public void exit() {} }
