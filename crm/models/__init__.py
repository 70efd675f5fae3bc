"""Every table of Seutu."""

from crm.models import merged as merged
from crm.models import search_text as search_text
from crm.models.audit import AuditEvent as AuditEvent
from crm.models.company import Company as Company
from crm.models.company import CompanyName as CompanyName
from crm.models.company import Engagement as Engagement
from crm.models.company import Figure as Figure
from crm.models.company import Site as Site
from crm.models.follow_up import FollowUp as FollowUp
from crm.models.import_batch import ImportBatch as ImportBatch
from crm.models.import_batch import ImportRow as ImportRow
from crm.models.interaction import Draft as Draft
from crm.models.interaction import Interaction as Interaction
from crm.models.interaction import InteractionTopic as InteractionTopic
from crm.models.merge import Merge as Merge
from crm.models.merge import MergeChange as MergeChange
from crm.models.person import Person as Person
from crm.models.person import Position as Position
from crm.models.reminder import Delivery as Delivery
from crm.models.reminder import JobRun as JobRun
from crm.models.reminder import Reminder as Reminder
from crm.models.town import Town as Town
from crm.models.user import Membership as Membership
from crm.models.user import SignIn as SignIn
from crm.models.user import SignInFailure as SignInFailure
from crm.models.user import User as User
