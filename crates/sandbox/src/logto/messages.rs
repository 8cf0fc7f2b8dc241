//! The words of refusals, in English and French; codes are the same in every language. `{{}}` is what it is about.

const MESSAGES: &[(&str, &str, &str)] = &[
    (
        "auth.authorization_header_missing",
        "Authorization header is missing.",
        "L'en-tête d'autorisation est manquant.",
    ),
    (
        "auth.authorization_token_type_not_supported",
        "Authorization type is not supported.",
        "Le type d'autorisation n'est pas pris en charge.",
    ),
    (
        "auth.unauthorized",
        "Unauthorized. Please check credentials and its scope.",
        "Non autorisé. Veuillez vérifier les informations d'identification et leur portée.",
    ),
    (
        "auth.forbidden",
        "Forbidden. Please check your user roles and permissions.",
        "Interdit. Veuillez vérifier vos rôles et autorisations d'utilisateur.",
    ),
    ("oidc.invalid_target", "Invalid resource indicator.", "Indicateur de ressource non valide."),
    ("oidc.invalid_client", "An OIDC error occurred: {{}}.", "Une erreur OIDC s'est produite : {{}}."),
    ("oidc.invalid_request", "An OIDC error occurred: {{}}.", "Une erreur OIDC s'est produite : {{}}."),
    ("oidc.unauthorized_client", "An OIDC error occurred: {{}}.", "Une erreur OIDC s'est produite : {{}}."),
    ("oidc.invalid_grant", "Grant request is invalid.", "La demande d'octroi n'est pas valide."),
    (
        "oidc.unsupported_grant_type",
        "Unsupported `grant_type` requested.",
        "Le type `grant_type` demandé n'est pas pris en charge.",
    ),
    ("oidc.session_not_found", "Session not found.", "Session introuvable."),
    ("guard.invalid_input", "The request {{}} is invalid.", "La requête {{}} n'est pas valide."),
    (
        "guard.invalid_pagination",
        "The request pagination value is invalid.",
        "La valeur de pagination de la requête n'est pas valide.",
    ),
    ("request.invalid_input", "Input is invalid. {{}}", "L'entrée n'est pas valide. {{}}"),
    (
        "request.message_rate_limited",
        "Too many messages to this recipient.",
        "Trop de messages pour ce destinataire.",
    ),
    ("entity.not_found", "The resource does not exist.", "La ressource n'existe pas."),
    ("entity.not_exists", "The {{}} does not exist.", "L'élément {{}} n'existe pas."),
    (
        "entity.not_exists_with_id",
        "The entity with ID `{{}}` does not exist.",
        "L'élément dont l'ID est `{{}}` n'existe pas.",
    ),
    (
        "entity.relation_foreign_key_not_found",
        "Cannot find one or more foreign keys. Please check the input and ensure that all referenced entities exist.",
        "Impossible de trouver une ou plusieurs clés étrangères. Veuillez vérifier que toutes les entités référencées existent.",
    ),
    (
        "entity.unique_integrity_violation",
        "The entity already exists. Please check the input and try again.",
        "L'entité existe déjà. Veuillez vérifier l'entrée et réessayer.",
    ),
    (
        "entity.db_constraint_violated",
        "Database constraint violated.",
        "Contrainte de base de données violée.",
    ),
    (
        "entity.invalid_input",
        "Invalid input. Value list must not be empty.",
        "Entrée non valide. La liste de valeurs ne doit pas être vide.",
    ),
    (
        "user.username_already_in_use",
        "This username is already in use.",
        "Ce nom d'utilisateur est déjà utilisé.",
    ),
    (
        "user.email_already_in_use",
        "This email is associated with an existing account.",
        "Cet e-mail est associé à un compte existant.",
    ),
    (
        "user.phone_already_in_use",
        "This phone number is associated with an existing account.",
        "Ce numéro de téléphone est associé à un compte existant.",
    ),
    ("user.invalid_phone", "Invalid phone number.", "Numéro de téléphone non valide."),
    (
        "user.password_and_digest",
        "You cannot set both plain text password and password digest.",
        "Vous ne pouvez pas définir à la fois un mot de passe et un condensé.",
    ),
    (
        "user.password_algorithm_required",
        "Password algorithm is required when setting password digest.",
        "L'algorithme est requis pour définir un condensé de mot de passe.",
    ),
    (
        "user.identity_not_exist",
        "The social account has not been registered yet.",
        "Le compte social n'a pas encore été enregistré.",
    ),
    (
        "user.identity_already_in_use",
        "The social account is associated with an existing account.",
        "Le compte social est associé à un compte existant.",
    ),
    (
        "user.enterprise_sso_identity_not_exists",
        "The user does not have an enterprise identity linked to this connector.",
        "L'utilisateur n'a pas d'identité d'entreprise liée à ce connecteur.",
    ),
    (
        "user.personal_access_token_name_exists",
        "Personal access token name already exists.",
        "Le nom du jeton d'accès personnel existe déjà.",
    ),
    (
        "user.invalid_role_type",
        "This role cannot be assigned to a user.",
        "Ce rôle ne peut pas être attribué à un utilisateur.",
    ),
    ("user.totp_already_in_use", "TOTP is already in use.", "Le TOTP est déjà utilisé."),
    (
        "user.backup_code_already_in_use",
        "Backup code is already in use.",
        "Le code de secours est déjà utilisé.",
    ),
    (
        "session.mfa.backup_code_can_not_be_alone",
        "Backup code can not be the only MFA.",
        "Le code de secours ne peut pas être le seul facteur.",
    ),
    (
        "session.invalid_credentials",
        "Incorrect account or password. Please check your input.",
        "Compte ou mot de passe incorrect. Veuillez vérifier votre saisie.",
    ),
    (
        "sign_in_experiences.password_expiration_not_enabled",
        "Password expiration is not enabled.",
        "L'expiration des mots de passe n'est pas activée.",
    ),
    ("role.name_in_use", "This role name {{}} is already in use", "Ce nom de rôle {{}} est déjà utilisé"),
    (
        "role.user_exists",
        "The user id {{}} is already been added to this role",
        "L'ID utilisateur {{}} a déjà été ajouté à ce rôle",
    ),
    (
        "role.application_exists",
        "The application id {{}} is already been added to this role",
        "L'ID d'application {{}} a déjà été ajouté à ce rôle",
    ),
    (
        "role.scope_exists",
        "The scope id {{}} has already been added to this role",
        "L'ID de portée {{}} a déjà été ajouté à ce rôle",
    ),
    (
        "organization.require_membership",
        "The user must be a member of the organization to proceed.",
        "L'utilisateur doit être membre de l'organisation pour continuer.",
    ),
    (
        "application.invalid_role_type",
        "Can not assign user type role to machine to machine application.",
        "Impossible d'attribuer un rôle d'utilisateur à une application machine à machine.",
    ),
    ("application.secret_name_exists", "Secret name already exists.", "Le nom du secret existe déjà."),
    (
        "application.invalid_type",
        "Only machine to machine applications can have associated roles.",
        "Seules les applications machine à machine peuvent avoir des rôles.",
    ),
    (
        "resource.resource_identifier_in_use",
        "The API identifier {{}} is already in use",
        "L'identifiant d'API {{}} est déjà utilisé",
    ),
    (
        "resource.cannot_delete_management_api",
        "Cannot delete Logto management API.",
        "Impossible de supprimer l'API de gestion Logto.",
    ),
    ("scope.name_exists", "The scope name {{}} is already in use", "Le nom de portée {{}} est déjà utilisé"),
    (
        "scope.name_with_space",
        "The name of the scope cannot contain any spaces.",
        "Le nom de la portée ne peut pas contenir d'espaces.",
    ),
    (
        "connector.general",
        "An error occurred in connector: {{}}",
        "Une erreur s'est produite dans le connecteur : {{}}",
    ),
    (
        "connector.not_found",
        "Cannot find any available connector for type: Email.",
        "Aucun connecteur disponible pour le type : Email.",
    ),
    (
        "log.invalid_time_window",
        "The end time must be after the start time.",
        "La fin doit être après le début.",
    ),
];

/// The message of a code.
pub fn message(code: &str, about: &str, french: bool) -> String {
    let found = MESSAGES.iter().find(|known| known.0 == code);
    let text = found.map_or(code, |known| if french { known.2 } else { known.1 });
    text.replace("{{}}", about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_differs_by_language_and_keeps_what_it_is_about() {
        for (code, english, french) in MESSAGES {
            assert_ne!(english, french, "{code}");
            assert_eq!(english.contains("{{}}"), french.contains("{{}}"), "{code}");
        }
        assert_eq!(message("role.name_in_use", "auditor", false), "This role name auditor is already in use");
    }
}
