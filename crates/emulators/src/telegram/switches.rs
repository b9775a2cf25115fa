//! Switching faults of calls and deliveries on and off.

use super::Telegram;
use super::world::{CallScope, DeliveryScope};
use crate::faults::{Armed, CallFault, DeliveryFault};

/// The methods of [`Telegram`] that break things.
impl Telegram {
    /// Breaks the next `times` Bot API calls in scope, or all until disarmed; gives the fault's id.
    pub fn break_calls(&self, scope: CallScope, fault: CallFault, times: Option<u32>) -> u64 {
        self.world.call_faults.arm(scope, fault, times)
    }

    /// Breaks the next `times` deliveries in scope, or all until disarmed; gives the fault's id.
    pub fn break_deliveries(
        &self,
        scope: DeliveryScope,
        fault: DeliveryFault,
        times: Option<u32>,
    ) -> u64 {
        self.world.delivery_faults.arm(scope, fault, times)
    }

    /// Switches one fault of calls off; false if it was used up already.
    pub fn mend_calls(&self, fault_id: u64) -> bool {
        self.world.call_faults.disarm(fault_id)
    }

    /// Switches one fault of deliveries off; false if it was used up already.
    pub fn mend_deliveries(&self, fault_id: u64) -> bool {
        self.world.delivery_faults.disarm(fault_id)
    }

    /// Switches every fault off.
    pub fn mend_all(&self) {
        self.world.call_faults.clear();
        self.world.delivery_faults.clear();
    }

    /// The faults of calls that are switched on.
    pub fn call_faults(&self) -> Vec<Armed<CallScope, CallFault>> {
        self.world.call_faults.list()
    }

    /// The faults of deliveries that are switched on.
    pub fn delivery_faults(&self) -> Vec<Armed<DeliveryScope, DeliveryFault>> {
        self.world.delivery_faults.list()
    }
}
