Feature: Members of an organization
  An organization consists of its members. Some of them are its admins and manage it.

  Background:
    Given Ada has created the organization "Botany"

  Rule: An account created in an organization is its member

    Scenario: A new account is listed among the members
      When Ada creates an account for Ben in the organization "Botany"
      Then only Ben belongs to the organization "Botany"

  Rule: A member can become an admin, and stop being one

    Scenario: A member becomes an admin of her own organization
      Given Cleo is a member of the organization "Botany"
      When Ada adds Cleo to the admins of the organization "Botany"
      Then only Cleo belongs to the admins of the organization "Botany"
      And only Cleo belongs to the organization "Botany"

    Scenario: A former admin remains a member
      Given Ben is a member of the organization "Botany"
      And Ada has added Ben to the admins of the organization "Botany"
      When Ada removes Ben from the admins of the organization "Botany"
      Then no one belongs to the admins of the organization "Botany"
      And only Ben belongs to the organization "Botany"

    Scenario: An admin cannot be removed from the organization
      Given Ben is a member of the organization "Botany"
      And Ada has added Ben to the admins of the organization "Botany"
      When Ada tries to remove Ben from the organization "Botany"
      Then it is refused because an admin cannot be removed from the organization
      And only Ben belongs to the organization "Botany"

  Rule: A member of another organization has to be moved first

    Background:
      Given Ada has created the organization "Zoology"
      And Ben is a member of the organization "Zoology"

    Scenario: A member of another organization cannot become an admin
      When Ada tries to add Ben to the admins of the organization "Botany"
      Then it is refused because the account belongs to another organization
      And no one belongs to the admins of the organization "Botany"

    Scenario: A member moved to another organization can become its admin
      Given Ada has added Ben to the organization "Botany"
      When Ada adds Ben to the admins of the organization "Botany"
      Then only Ben belongs to the admins of the organization "Botany"
      And only Ben belongs to the organization "Botany"
      And no one belongs to the organization "Zoology"
